export type FlagType = 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'strings' | 'array' | 'pairs' | 'settings';

/**
 * One row of a verb's flag table. `strings` splits at commas, `array` does not; `pairs` is an array of `key=value`, `settings` are such pairs
 * split at commas. `bare` is the value of a flag that is named without
 * one (pflag's NoOptDefVal); a bool's is `true`.
 */
export type Flag = readonly [name: string, type: FlagType, fallback: string, shorthand?: string, bare?: string];

/** What is given twice counts twice. */
export const listTypes: ReadonlySet<FlagType> = new Set(['strings', 'array', 'pairs', 'settings']);
export const nameOf = (flag: Flag): string => flag[0];

/** Shared rows, as cmdutil and genericclioptions share them. */
export const fileFlags: readonly Flag[] = [
	['filename', 'strings', '', 'f'],
	['kustomize', 'string', '', 'k'],
	['recursive', 'bool', 'false', 'R'],
];
export const printFlags: readonly Flag[] = [
	['output', 'string', '', 'o'],
	['template', 'string', ''],
	['allow-missing-template-keys', 'bool', 'true'],
	['show-managed-fields', 'bool', 'false'],
];
export const selectorFlag: readonly Flag[] = [['selector', 'string', '', 'l']];
export const fieldSelectorFlag: readonly Flag[] = [['field-selector', 'string', '']];
export const allNamespacesFlag: readonly Flag[] = [['all-namespaces', 'bool', 'false', 'A']];
export const allFlag: readonly Flag[] = [['all', 'bool', 'false']];
export const chunkFlag: readonly Flag[] = [['chunk-size', 'int', '500']];
export const subresourceFlag: readonly Flag[] = [['subresource', 'string', '']];
export const dryRunFlag: readonly Flag[] = [['dry-run', 'string', 'none', undefined, 'unchanged']];
export const validateFlag: readonly Flag[] = [['validate', 'string', 'strict', undefined, 'strict']];
export const saveConfigFlag: readonly Flag[] = [['save-config', 'bool', 'false']];
export const managerFlag = (name: string): readonly Flag[] => [['field-manager', 'string', name]];
/** delete, apply, replace and run share how old objects are removed. */
export const deletionFlags: readonly Flag[] = [
	['cascade', 'string', 'background', undefined, 'background'],
	['force', 'bool', 'false'],
	['grace-period', 'int', '-1'],
	['timeout', 'duration', '0s'],
];
/** What every generator of `kubectl create` takes. */
export const createFlags: readonly Flag[] = [
	...printFlags,
	...dryRunFlag,
	...validateFlag,
	...saveConfigFlag,
	...managerFlag('kubectl-create'),
];

/** `kubectl options`. */
export const globalFlags: readonly Flag[] = [
	['as', 'string', ''],
	['as-group', 'array', ''],
	['as-uid', 'string', ''],
	['cache-dir', 'string', '/root/.kube/cache'],
	['certificate-authority', 'string', ''],
	['client-certificate', 'string', ''],
	['client-key', 'string', ''],
	['cluster', 'string', ''],
	['context', 'string', ''],
	['disable-compression', 'bool', 'false'],
	['insecure-skip-tls-verify', 'bool', 'false'],
	['kubeconfig', 'string', ''],
	['log-flush-frequency', 'duration', '5s'],
	['match-server-version', 'bool', 'false'],
	['namespace', 'string', '', 'n'],
	['password', 'string', ''],
	['profile', 'string', 'none'],
	['profile-output', 'string', 'profile.pprof'],
	['request-timeout', 'string', '0'],
	['server', 'string', '', 's'],
	['tls-server-name', 'string', ''],
	['token', 'string', ''],
	['user', 'string', ''],
	['username', 'string', ''],
	['v', 'int', '0', 'v'],
	['vmodule', 'string', ''],
	['warnings-as-errors', 'bool', 'false'],
];
