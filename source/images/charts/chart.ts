import type {ArchivedFile} from '../../os/archive.js';

/** A chart of the catalogue: what a repository lists, and files that are made when somebody asks. */
export interface CatalogueChart {
	readonly metadata: {
		readonly name: string;
		readonly version: string;
		readonly appVersion: string;
		readonly description: string;
	} & Readonly<Record<string, unknown>>;
	readonly values: object;
	/** Below the chart's folder, without Chart.yaml and values.yaml. */
	files(): readonly ArchivedFile[];
}
