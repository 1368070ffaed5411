import type {KubeObject} from '../../../api/object.js';
import {checkPaths} from './inspect.js';

const deprecated: readonly string[] = [
	'enable-influxdb',
	'influxdb-measurement',
	'influxdb-port',
	'influxdb-host',
	'influxdb-server-name',
	'secure-verify-ca-secret',
];

/** What kubectl prints as `Warning: ...`, whether the Ingress is accepted or not (controller.go CheckWarning). */
export const warningsOf = (ingress: KubeObject, prefix: string): readonly string[] =>
	ingress.metadata.deletionTimestamp
		? []
		: [
				...Object.keys(ingress.metadata.annotations ?? {}).flatMap(key =>
					deprecated.includes(key.replace(`${prefix}/`, '')) ? [`annotation ${key} is deprecated`] : [],
				),
				...checkPaths(ingress),
			];
