/** Stands for `$app/navigation` in tests of components, which go nowhere. */
export const goto = (): Promise<void> => Promise.resolve();
export const invalidateAll = (): Promise<void> => Promise.resolve();
export const replaceState = (): void => {};
export const afterNavigate = (): void => {};
export const beforeNavigate = (): void => {};
