import {apiVersionOf, type Kind} from './kind.js';

/** Kinds by every name they answer to. Custom resources come and go at run time. */
export class KindRegistry {
	readonly #builtIn: readonly Kind[];
	#custom: readonly Kind[] = [];
	#all: readonly Kind[];
	#byObject = new Map<string, Kind>();
	#byResource = new Map<string, Kind>();
	#byName = new Map<string, Kind>();
	#byShortName = new Map<string, Kind>();

	constructor(kinds: readonly Kind[]) {
		this.#builtIn = kinds;
		this.#all = kinds;
		this.#index();
	}

	get all(): readonly Kind[] {
		return this.#all;
	}

	/** What the CustomResourceDefinitions say now. */
	setCustom(kinds: readonly Kind[]): void {
		this.#custom = kinds;
		this.#all = [...this.#builtIn, ...kinds];
		this.#index();
	}

	get custom(): readonly Kind[] {
		return this.#custom;
	}

	kindOf(apiVersion: string, kind: string): Kind | undefined {
		return this.#byObject.get(`${apiVersion} ${kind}`);
	}

	/** By plural with its group (`deployments.apps`), preferred version. */
	resource(groupResource: string): Kind | undefined {
		return this.#byResource.get(groupResource);
	}

	served(group: string, version: string, plural: string): Kind | undefined {
		return this.#all.find(kind => kind.plural === plural && kind.group === group && kind.version === version);
	}

	/** `po`, `pods`, `Pod`, `pods.v1.`, `deploy.apps`, `deployments.v1.apps`; in any case, but for short names (shortcut.go compares them as typed). */
	find(name: string): Kind | undefined {
		const wanted = name.toLowerCase();
		const exact = this.#byName.get(wanted) ?? this.#byResource.get(wanted) ?? this.#byShortName.get(name);
		if (exact) return exact;
		const [word, ...rest] = wanted.split('.');
		const group = rest.join('.');
		const short = name.split('.', 1)[0]!;
		if (!group) return wanted.endsWith('.') ? (this.#byName.get(word!) ?? this.#byShortName.get(short)) : undefined;
		const named = (kind: Kind) => namesOf(kind).includes(word!) || kind.shortNames.includes(short);
		return (
			this.#all.find(kind => named(kind) && kind.group.startsWith(group)) ??
			this.#all.find(kind => named(kind) && `${kind.version}.${kind.group}` === group)
		);
	}

	#index(): void {
		this.#byObject = new Map();
		this.#byResource = new Map();
		this.#byName = new Map();
		this.#byShortName = new Map();
		const first = (map: Map<string, Kind>, key: string, kind: Kind) => {
			if (!map.has(key)) map.set(key, kind);
		};
		for (const kind of this.#all) {
			first(this.#byObject, `${apiVersionOf(kind)} ${kind.kind}`, kind);
			first(this.#byResource, kind.group ? `${kind.plural}.${kind.group}` : kind.plural, kind);
		}

		// A plural beats any other kind's other names.
		for (const kind of this.#all) first(this.#byName, kind.plural, kind);
		for (const kind of this.#all) {
			for (const name of namesOf(kind)) first(this.#byName, name, kind);
			for (const name of kind.shortNames) first(this.#byShortName, name, kind);
		}
	}
}

const namesOf = (kind: Kind): string[] => [kind.plural, kind.singular, kind.kind.toLowerCase()];
