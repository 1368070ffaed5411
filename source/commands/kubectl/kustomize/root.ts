import type {Session} from '../session.js';
import type {Variable} from './variables.js';

/** One run of kustomize. */
export interface Build {
	readonly session: Session;
	/** Files must lie in the folder of the kustomization that names them, or below it (--load-restrictor). */
	readonly restricted: boolean;
	/** Of all layers, in the order in which they were read. */
	readonly variables: Variable[];
	/** `sortOptions` of the outermost. */
	order: 'legacy' | 'fifo';
}

export const missing = (path: string): string => `evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`;

/** What kustomize says of a file outside its root (kyaml/filesys, api/internal/loader RestrictionRootOnly). */
export const refusal = ({restricted}: Build, folder: string, path: string): string | undefined =>
	restricted && !path.startsWith(`${folder === '/' ? '' : folder}/`)
		? `security; file '${path}' is not in or below '${folder}'`
		: undefined;

export function resolved(folder: string, entry: string): string {
	const parts = entry.startsWith('/') ? [''] : folder.split('/');
	for (const part of entry.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}

	return parts.join('/') || '/';
}
