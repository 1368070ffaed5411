/** Keeps a container from being created: `CreateContainerConfigError`. */
export class ConfigError extends Error {}
