export interface Metadata {
	readonly apiVersion?: string;
	readonly name: string;
	readonly version: string;
	readonly kubeVersion?: string;
	readonly description?: string;
	readonly type?: string;
	readonly keywords?: readonly string[];
	readonly home?: string;
	readonly sources?: readonly string[];
	readonly dependencies?: readonly Dependency[];
	readonly maintainers?: ReadonlyArray<{readonly name?: string; readonly email?: string; readonly url?: string}>;
	readonly icon?: string;
	readonly appVersion?: string;
	readonly deprecated?: boolean;
	readonly annotations?: Readonly<Record<string, string>>;
	readonly condition?: string;
	readonly tags?: string;
}

export interface Dependency {
	readonly name: string;
	readonly version?: string;
	readonly repository?: string;
	readonly condition?: string;
	readonly tags?: readonly string[];
	readonly alias?: string;
	readonly 'import-values'?: readonly unknown[];
}

/** A file below the chart's folder: `templates/service.yaml`. */
export interface ChartFile {
	readonly name: string;
	readonly text: string;
}

export type ValueMap = Record<string, unknown>;

export interface Chart {
	readonly metadata: Metadata;
	readonly values: ValueMap;
	/** values.yaml as written: what `show values` prints. */
	readonly valuesText: string;
	/** values.schema.json */
	readonly schema?: string;
	readonly templates: readonly ChartFile[];
	/** All other files, crds among them. */
	readonly files: readonly ChartFile[];
	readonly dependencies: readonly Chart[];
	readonly lock?: unknown;
}

export const isLibrary = ({metadata}: Chart): boolean => metadata.type === 'library';

/** The custom resource definitions of a chart and of those below it. */
export const crdsOf = (chart: Chart): ChartFile[] => [
	...chart.files.filter(({name}) => name.startsWith('crds/') && /\.(yaml|yml|json)$/.test(name)),
	...chart.dependencies.flatMap(crdsOf),
];
