/** Flags that would change what happens, and that kubelab does not follow: to set one is refused aloud. */
export const refusedFlags: readonly string[] = ['no-preserve', 'windows-line-endings'];

/** Flags that nobody could see the effect of here: how requests travel, how often, how many at once, and how long one waits for
 * a pod that is not made yet. Patches of types that kubectl knows are the same with and without the server's schema. */
export const unseenFlags: readonly string[] = [
	'cached',
	'chunk-size',
	'concurrency',
	'keepalive',
	'insecure-skip-tls-verify-backend',
	'openapi-patch',
	'retries',
	'pod-running-timeout',
	'use-protocol-buffers',
];
