/** Flags that would change what happens, and that kubelab does not follow: to set one is refused aloud. */
export const refusedFlags: readonly string[] = [
	'custom',
	'keep-liveness',
	'keep-readiness',
	'keep-startup',
	'no-preserve',
	'openapi-patch',
	'set-raw-bytes',
	'skip-wait-for-delete-timeout',
	'windows-line-endings',
];

/** Flags that nobody could see the effect of here: how requests travel, how often, and how many at once. */
export const unseenFlags: readonly string[] = [
	'cached',
	'chunk-size',
	'concurrency',
	'keepalive',
	'insecure-skip-tls-verify-backend',
	'retries',
	'use-protocol-buffers',
];
