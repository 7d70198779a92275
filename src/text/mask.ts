/** What stands for a hidden text, however long that is; its width is fixed so as not to tell the text's. */
export const MASK = '••••••';
