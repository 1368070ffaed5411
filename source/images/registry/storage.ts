import type {Stock} from '../../node/registry/registries.js';
import {FileError, type Files} from '../../os/files.js';

/** Repositories of one registry on disk, in the layout of distribution: `<root>/repositories/<name>/_manifests/tags/<tag>/current/link`. */
export interface Storage {
	repositories(): readonly string[];
	/** Digest by tag; undefined when there is no such repository. */
	tags(repository: string): ReadonlyMap<string, string> | undefined;
	put(repository: string, tag: string, digest: string): void;
	remove(repository: string, tag: string): void;
}

export function createStorage(files: Files, root: string, stock: Stock = []): Storage {
	const base = `${root}/docker/registry/v2/repositories`;
	const tagsOf = (repository: string) => `${base}/${repository}/_manifests/tags`;
	const list = (path: string): readonly string[] => {
		try {
			return files.list(path);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return [];
		}
	};

	const written = (folder: string, prefix = ''): string[] =>
		list(folder).flatMap(name => {
			if (name === '_manifests') return [prefix];
			return written(`${folder}/${name}`, prefix ? `${prefix}/${name}` : name);
		});

	const tags = (repository: string) => {
		const found = new Map(stock.filter(each => each.repository === repository).map(each => [each.tag, each.digest]));
		for (const tag of list(tagsOf(repository))) {
			const link = files.readText(`${tagsOf(repository)}/${tag}/current/link`);
			// An empty link takes a tag away that was there from the start.
			if (link === '') found.delete(tag);
			else found.set(tag, link);
		}

		return found;
	};

	const link = (repository: string, tag: string, digest: string) => {
		const folder = `${tagsOf(repository)}/${tag}/current`;
		files.makeFolder(folder, {recursive: true});
		files.write(`${folder}/link`, digest);
	};

	const exists = (repository: string) => stock.some(each => each.repository === repository) || files.exists(tagsOf(repository));
	return {
		repositories: () => [...new Set([...stock.map(each => each.repository), ...written(base)])].filter(name => tags(name).size > 0).sort(),
		tags: repository => (exists(repository) ? tags(repository) : undefined),
		put: link,
		remove: (repository, tag) => link(repository, tag, ''),
	};
}
