import {gunzipSync, gzipSync} from 'node:zlib';
import {base64, base64Text} from '../../../api/values/base64.js';
import type {KubeObject} from '../../../api/object.js';
import {ApiError} from '../../../api/status.js';
import type {Chart, ChartFile, Metadata, ValueMap} from '../chart/chart.js';
import {helmError} from '../failure.js';
import {plainOf} from '../sprig/plain.js';
import type {Cluster} from './cluster.js';

export type ReleaseStatus =
	| 'deployed'
	| 'failed'
	| 'superseded'
	| 'uninstalled'
	| 'uninstalling'
	| 'pending-install'
	| 'pending-upgrade'
	| 'pending-rollback';

export interface StoredHook {
	readonly name: string;
	readonly kind: string;
	readonly path: string;
	readonly manifest: string;
	readonly events: readonly string[];
	readonly last_run: {readonly started_at: string; readonly completed_at: string; readonly phase: string};
	readonly weight?: number;
	readonly delete_policies?: readonly string[];
}

/** As Helm keeps it (helm/pkg/release). */
export interface Release {
	readonly name: string;
	readonly info: {
		readonly first_deployed: string;
		readonly last_deployed: string;
		readonly deleted: string;
		readonly description: string;
		readonly status: ReleaseStatus;
		readonly notes?: string;
	};
	readonly chart: StoredChart;
	readonly config: ValueMap;
	readonly manifest: string;
	readonly hooks: readonly StoredHook[];
	readonly version: number;
	readonly namespace: string;
}

interface StoredChart {
	readonly metadata: Metadata;
	readonly lock: unknown;
	readonly templates: ReadonlyArray<{readonly name: string; readonly data: string}>;
	readonly values: ValueMap;
	readonly schema: string | null;
	readonly files: ReadonlyArray<{readonly name: string; readonly data: string}>;
	/** Ours: Helm forgets the charts below, and so cannot roll values of theirs. */
	readonly dependencies?: readonly StoredChart[];
}

const stored = ({name, text}: ChartFile) => ({name, data: base64(text)});
const unstored = ({name, data}: {readonly name: string; readonly data: string}): ChartFile => ({name, text: base64Text(data)});

export const storedChart = (chart: Chart): StoredChart => ({
	metadata: chart.metadata,
	lock: chart.lock ?? null,
	templates: chart.templates.map(stored),
	values: chart.values,
	schema: chart.schema === undefined ? null : base64(chart.schema),
	files: chart.files.map(stored),
	...(chart.dependencies.length > 0 && {dependencies: chart.dependencies.map(storedChart)}),
});

export const chartOfRelease = (chart: StoredChart): Chart => ({
	metadata: chart.metadata,
	values: chart.values,
	valuesText: '',
	...(chart.schema !== null && {schema: base64Text(chart.schema)}),
	templates: chart.templates.map(unstored),
	files: chart.files.map(unstored),
	dependencies: (chart.dependencies ?? []).map(chartOfRelease),
});

const secretName = (name: string, version: number) => `sh.helm.release.v1.${name}.v${version}`;

const encode = (release: Release) => base64(gzipSync(JSON.stringify(plainOf(release))).toString('base64'));

function decode(secret: KubeObject): Release | undefined {
	const text = (secret as {data?: Record<string, string>}).data?.['release'];
	try {
		return text === undefined ? undefined : (JSON.parse(gunzipSync(Buffer.from(base64Text(text), 'base64')).toString('utf8')) as Release);
	} catch {
		return undefined;
	}
}

/** Releases as Secrets of a namespace (helm/pkg/storage/driver/secrets.go). */
export class Storage {
	readonly #cluster: Cluster;

	constructor(cluster: Cluster) {
		this.#cluster = cluster;
	}

	create(release: Release): void {
		try {
			this.#cluster.create(this.#secret(release, 'createdAt'));
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'AlreadyExists')
				throw helmError('create: failed to create: release: already exists');
			throw helmError(`create: failed to create: ${(error as Error).message}`);
		}
	}

	update(release: Release): void {
		const old = this.#cluster.get('v1', 'Secret', release.namespace, secretName(release.name, release.version));
		const secret = this.#secret(release, 'modifiedAt');
		try {
			this.#cluster.update({...old, ...secret, metadata: {...old?.metadata, ...secret.metadata}} as KubeObject);
		} catch (error) {
			throw helmError(`update: failed to update: ${(error as Error).message}`);
		}
	}

	remove({name, version, namespace}: Release): void {
		this.#cluster.remove({apiVersion: 'v1', kind: 'Secret', metadata: {name: secretName(name, version), namespace}} as KubeObject);
	}

	/** Oldest first. */
	history(name: string, namespace: string): Release[] {
		return this.all(namespace, `name=${name},owner=helm`).sort((a, b) => a.version - b.version);
	}

	/** Undefined namespace: all. */
	all(namespace: string | undefined, labelSelector = 'owner=helm'): Release[] {
		return this.#cluster
			.list('v1', 'Secret', namespace, labelSelector)
			.filter(secret => (secret as {type?: string}).type === 'helm.sh/release.v1')
			.flatMap(secret => decode(secret) ?? []);
	}

	#secret(release: Release, stamp: string): KubeObject {
		return {
			apiVersion: 'v1',
			kind: 'Secret',
			type: 'helm.sh/release.v1',
			metadata: {
				name: secretName(release.name, release.version),
				namespace: release.namespace,
				labels: {
					[stamp]: String(Math.floor(this.#cluster.nowMs / 1000)),
					name: release.name,
					owner: 'helm',
					status: release.info.status,
					version: String(release.version),
				},
			},
			data: {release: encode(release)},
		} as unknown as KubeObject;
	}
}
