/** Flags that would change what happens, and that kubelab does not follow: to set one is refused aloud. */
export const refusedFlags: readonly string[] = ['no-preserve', 'openapi-patch', 'set-raw-bytes', 'windows-line-endings'];

/** Flags that nobody could see the effect of here: how requests travel, how often, how many at once, and how long one waits for
 * a pod that is not made yet. */
export const unseenFlags: readonly string[] = [
	'cached',
	'chunk-size',
	'concurrency',
	'keepalive',
	'insecure-skip-tls-verify-backend',
	'retries',
	'pod-running-timeout',
	'use-protocol-buffers',
];
