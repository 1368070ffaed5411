import {groupResource, type Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';

/** One object that a verb is asked to work on: named on the command line, found by a selector, or read from a file. */
export interface Target {
	readonly kind: Kind;
	/** Absent for cluster-scoped kinds. */
	readonly namespace: string | undefined;
	readonly name: string;
	/** From a file or a list; absent when only named. */
	readonly object?: KubeObject;
	/** `web.yaml`, `STDIN`; absent when it came from the server or the command line. */
	readonly source?: string;
}

/** `deployment.apps/web`, as the name printer writes it. */
export const nameWithKind = (kind: Pick<Kind, 'kind' | 'group'>, name: string): string =>
	`${kind.kind.toLowerCase()}${kind.group ? `.${kind.group}` : ''}/${name}`;

/** `apps/v1, Resource=deployments`, as Go prints a GroupVersionResource. */
export const versionedResource = ({group, version, plural}: Pick<Kind, 'group' | 'version' | 'plural'>): string =>
	`${group}/${version}, Resource=${plural}`;

/** `deployments.apps "web"`, as errors name it. */
export const quotedResource = (kind: Pick<Kind, 'group' | 'plural'>, name: string): string => `${groupResource(kind)} "${name}"`;

/** With `--all-namespaces` a file that names no namespace leads nowhere (resource.RetrieveLatest). */
export function checkPlaced({kind, namespace, name}: Pick<Target, 'kind' | 'namespace' | 'name'>): void {
	if (kind.namespaced && namespace === undefined) throw failure(`no namespace set on resource ${versionedResource(kind)} "${name}"`);
}
