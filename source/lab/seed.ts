/** The seed of a lab that was not given one: everybody sees the same pod names. */
export const defaultSeed = 'kubelab';
