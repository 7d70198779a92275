/** Something the user can fix: printed as it is, without a stack, with exit status 2. */
export class UserError extends Error {}
