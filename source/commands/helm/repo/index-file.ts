import {sha256} from '../../kubectl/create/sha256.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import type {Chart} from '../chart/chart.js';
import {rfc3339} from '../../../api/values/time.js';

export interface Packaged {
	readonly chart: Pick<Chart, 'metadata'>;
	readonly bytes: Uint8Array;
	readonly url: string;
}

/** index.yaml of a chart repository. */
export function indexText(charts: readonly Packaged[], nowMs: number): string {
	const created = rfc3339(nowMs);
	const entries: Record<string, unknown[]> = {};
	for (const {chart, bytes, url} of charts)
		(entries[chart.metadata.name] ??= []).push({...chart.metadata, created, digest: sha256(bytes), urls: [url]});
	return toYaml({apiVersion: 'v1', entries, generated: created});
}
