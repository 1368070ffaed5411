/** What `nginx -t` would say after `nginx: [emerg] `. */
export class ConfigurationError extends Error {}

/** Found when the words have all been read: `nginx -t` has called the syntax good by then. */
export class LaterError extends ConfigurationError {}
