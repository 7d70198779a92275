import { ChartError } from '../../helm/chart/chart-error.ts';
import { SecretKeys } from '../../helm/provenance/secret-keys.ts';
import { RenderError } from '../../helm/template/render-error.ts';
import { redactText } from '../../kube/redact.ts';
import { shorten } from '../../text/shorten.ts';
import { maskQuoted } from './mask-quoted.ts';
import type { RenderFailure } from './render-errors.ts';

/**
 * What keeps a chart from being rendered, or a text about it, without secrets and not longer than people read. What a
 * template failed with is masked by its origin.
 * @param text the message of the error, or what is said of it
 * @param maskValues masks the texts of the values, for errors of which the values themselves are the origin
 */
export function safeMessage(error: RenderFailure, text: string, maskValues: (message: string) => string): string {
  return shorten(redactText(maskByOrigin(error, text, maskValues)));
}

function maskByOrigin(error: RenderFailure, text: string, maskValues: (message: string) => string): string {
  if (error instanceof RenderError) return maskQuoted(text, error.quoted, error.detail, new SecretKeys());
  if (error instanceof ChartError) {
    return error.shown !== undefined && text === error.message ? error.shown : maskValues(text);
  }
  const { printed, document, message } = error;
  if (printed === undefined) return maskValues(text);
  // The name of the template comes first.
  const path = document?.path ?? '';
  const detail = text === message && path !== '' ? text.slice(text.indexOf(path) + path.length) : undefined;
  return maskQuoted(text, [printed], detail, new SecretKeys(), true);
}
