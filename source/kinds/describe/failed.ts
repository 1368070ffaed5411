/** Why an object cannot be described, in kubectl's words. */
export class DescribeFailed extends Error {}
