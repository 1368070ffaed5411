import {FileError, type Files} from '../../os/files.js';
import type {Stock} from '../../node/registry/registries.js';

export interface Project {
	readonly id: number;
	readonly name: string;
	readonly public: boolean;
	readonly createdMs: number;
}

export interface Projects {
	list(): readonly Project[];
	find(name: string): Project | undefined;
	/** A repository without a project, from the registry's first days. */
	isStocked(repository: string): boolean;
	add(name: string, isPublic: boolean, nowMs: number): Project;
	remove(name: string): void;
}

/** What the course needs, and what the stock lies in. */
const first: readonly string[] = ['library', 'ingress-nginx', 'metallb'];

/** Asked at every request for a manifest. Only a cache. */
const born = new WeakMap<Stock, readonly Project[]>();

function bornOf(stock: Stock): readonly Project[] {
	let projects = born.get(stock);
	if (!projects) {
		const names = new Set([...first, ...stock.filter(each => each.repository.includes('/')).map(each => each.repository.split('/')[0]!)]);
		const createdMs = Date.parse('2025-03-01T08:00:00Z');
		projects = Array.from(names, (name, index) => ({id: index + 1, name, public: true, createdMs}));
		born.set(stock, projects);
	}

	return projects;
}

/** Harbor's projects; those that were added or removed are written to a file. */
export function createProjects(files: Files, path: string, stock: Stock): Projects {
	const list = (): readonly Project[] => {
		try {
			return JSON.parse(files.readText(path)) as Project[];
		} catch (error) {
			if (!(error instanceof FileError || error instanceof SyntaxError)) throw error;
			return bornOf(stock);
		}
	};

	const save = (projects: readonly Project[]) => {
		files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
		files.write(path, `${JSON.stringify(projects)}\n`);
	};

	return {
		list,
		find: name => list().find(each => each.name === name),
		isStocked: repository => stock.some(each => each.repository === repository),
		add(name, isPublic, nowMs) {
			const all = list();
			const project = {id: Math.max(0, ...all.map(each => each.id)) + 1, name, public: isPublic, createdMs: nowMs};
			save([...all, project]);
			return project;
		},
		remove: name => save(list().filter(each => each.name !== name)),
	};
}
