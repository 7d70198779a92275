/** Findings about ignores belong to a principle of this id, which no policy may use. */
export const IGNORES_PRINCIPLE = 'ignores';
export const IGNORES_TITLE = 'Every ignore is needed and has not expired';
