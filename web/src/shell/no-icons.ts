// Stands for Blueprint's loaders of icons by name: nothing is loaded by name here.

const none = () => Promise.resolve(undefined);
export const allPathsLoader = none;
export const splitPathsBySizeLoader = none;
