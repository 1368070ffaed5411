/** What `nginx -t` would say after `nginx: [emerg] `. */
export class ConfigurationError extends Error {}
