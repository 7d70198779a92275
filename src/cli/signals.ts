/** With the exit status that a shell gives a process which they end. */
const SIGNALS = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/**
 * Leaves on a signal at the next pause, and not in the middle of a write, as a process does without a listener.
 * @returns a function that takes the listeners away
 */
export function leaveOnSignals(): () => void {
  const added = SIGNALS.map(([signal, status]) => {
    const leave = (): void => process.exit(status);
    process.prependOnceListener(signal, leave);
    return (): void => void process.off(signal, leave);
  });
  return () => {
    for (const remove of added) remove();
  };
}
