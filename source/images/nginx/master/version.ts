import type {ProgramContext} from '../../../node/program/program.js';

/** The official images say theirs; a host has that of its package. */
export const versionOf = ({env}: Pick<ProgramContext, 'env'>): string => env['NGINX_VERSION'] ?? '1.20.1';

/** The distribution that the official image of a version is built on. */
export function compiler(alpine: boolean, version: string): string {
	const minor = Number(version.split('.')[1] ?? 0);
	if (alpine) return minor >= 27 ? 'gcc 14.2.0 (Alpine 14.2.0)' : 'gcc 13.2.1 20240309 (Alpine 13.2.1_git20240309)';
	if (version === '') return 'gcc 11.4.1 20231218 (Red Hat 11.4.1-3) (GCC)';
	if (minor >= 25) return 'gcc 12.2.0 (Debian 12.2.0-14)';
	return minor >= 21 ? 'gcc 10.2.1 20210110 (Debian 10.2.1-6)' : 'gcc 8.3.0 (Debian 8.3.0-6)';
}
