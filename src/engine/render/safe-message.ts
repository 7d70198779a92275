import { ChartError } from '../../helm/chart/chart-error.ts';
import { SecretKeys } from '../../helm/provenance/secret-keys.ts';
import { RenderError } from '../../helm/template/render-error.ts';
import { redactText } from '../../kube/redact.ts';
import { looksSecret } from '../../kube/secret-name.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import { shorten } from '../../text/shorten.ts';
import { maskQuoted } from './mask-quoted.ts';
import type { RenderFailure } from './render-errors.ts';

type MaskValues = (message: string) => string;

/**
 * What keeps a chart from being rendered, or a text about it, without secrets and not longer than people read. What a
 * template failed with is masked by its origin.
 * @param text the message of the error, or what is said of it
 * @param maskValues masks the texts of the values, for errors of which the values themselves are the origin
 * @param isSecretName whether the name of a key says that its value is a secret
 */
export function safeMessage(
  error: RenderFailure,
  text: string,
  maskValues: MaskValues,
  isSecretName: IsSecretName = looksSecret,
): string {
  return shorten(redactText(maskByOrigin(error, text, maskValues, new SecretKeys(isSecretName))));
}

function maskByOrigin(error: RenderFailure, text: string, maskValues: MaskValues, keys: SecretKeys): string {
  if (error instanceof RenderError) return maskQuoted(text, error.quoted, error.detail, keys);
  if (error instanceof ChartError) {
    return error.shown !== undefined && text === error.message ? error.shown : maskValues(text);
  }
  const { printed, document, message } = error;
  if (printed === undefined) return maskValues(text);
  // The name of the template comes first.
  const path = document?.path ?? '';
  const detail = text === message && path !== '' ? text.slice(text.indexOf(path) + path.length) : undefined;
  return maskQuoted(text, [printed], detail, keys, true);
}
