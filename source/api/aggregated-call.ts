import type {KubeObject} from './object.js';

/** A request that kube-apiserver passes on to another API server, in front of which an APIService stands. */
export interface AggregatedCall {
	readonly service: {readonly name: string; readonly namespace: string; readonly port: number};
	/** Verified by this authority, base64 of PEM; undefined: not at all. */
	readonly caBundle?: string;
	/** With its query. */
	readonly path: string;
}

/** What came back, or why nothing did, in Go's words. */
export type AggregatedAnswer =
	| {readonly code: number; readonly body: any; readonly url: string}
	| {readonly error: string; readonly url: string};

export const aggregatedCall = ({spec}: KubeObject & {spec?: any}, path: string): AggregatedCall => ({
	service: {port: 443, ...spec.service},
	...(!spec.insecureSkipTLSVerify && {caBundle: spec.caBundle ?? ''}),
	path,
});
