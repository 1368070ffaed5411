import {goText} from '../../api/field-error.js';
import {copy, equal} from '../../api/values/plain.js';
import {type Errors, forbidden, invalid, nonNegative, required} from '../errors.js';
import {validateTemplate} from '../pod/validate.js';
import {goPointer, goSelector} from '../rules.js';
import {alwaysRestarts, goStrategy, isConvertible, noDeadline, selectorAndTemplate, templateMatches} from '../workload.js';

const mayChange =
	"updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const changeable = [
	'replicas',
	'ordinals',
	'template',
	'updateStrategy',
	'revisionHistoryLimit',
	'persistentVolumeClaimRetentionPolicy',
	'minReadySeconds',
];

/** Models ValidateStatefulSetSpec in pkg/apis/apps/validation. */
export function validateStatefulSet({spec}: any, old?: any): Errors {
	const errors: Errors = [];
	if (!['OrderedReady', 'Parallel'].includes(spec.podManagementPolicy))
		errors.push(invalid('spec.podManagementPolicy', spec.podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
	errors.push(...updateStrategy(spec.updateStrategy ?? {}), ...retention(spec.persistentVolumeClaimRetentionPolicy ?? {}));
	errors.push(...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds));
	errors.push(...nonNegative('spec.ordinals.start', spec.ordinals?.start));
	errors.push(...selectorAndTemplate('spec', spec, 'statefulset'));
	if (!isConvertible(spec.selector)) errors.push(invalid('spec.selector', goSelector(spec.selector), ''));
	else errors.push(...templateMatches('spec.template', spec), ...validateTemplate('spec.template', withClaims(spec)));
	errors.push(...alwaysRestarts('spec.template', spec.template), ...noDeadline('spec.template', spec.template, 'StatefulSet'));
	if (!old) return errors;
	const rest = (whole: any) => Object.fromEntries(Object.entries(whole.spec).filter(([key]) => !changeable.includes(key)));
	return equal(rest({spec}), rest(old)) ? errors : [...errors, forbidden('spec', mayChange)];
}

/** Mounts may name a claim template; those become volumes of each pod. */
function withClaims(spec: any): any {
	const template = copy(spec.template ?? {});
	const names = new Set((template.spec?.volumes ?? []).map(({name}: any) => name));
	const claims = (spec.volumeClaimTemplates ?? []).filter(({metadata}: any) => metadata?.name && !names.has(metadata.name));
	if (template.spec)
		template.spec.volumes = [
			...(template.spec.volumes ?? []),
			...claims.map(({metadata}: any) => ({name: metadata.name, persistentVolumeClaim: {claimName: metadata.name}})),
		];
	return template;
}

function updateStrategy({type, rollingUpdate}: any): Errors {
	const field = 'spec.updateStrategy';
	if (!type) return [required(field)];
	if (type === 'OnDelete')
		return rollingUpdate ? [invalid(`${field}.rollingUpdate`, goText(goPointer), "only allowed for updateStrategy 'RollingUpdate'")] : [];
	if (type !== 'RollingUpdate')
		return [
			invalid(
				field,
				goStrategy('apps.StatefulSetUpdateStrategy', 'apps.RollingUpdateStatefulSetStrategy', {type, rollingUpdate}),
				"must be 'RollingUpdate' or 'OnDelete'",
			),
		];
	return nonNegative(`${field}.rollingUpdate.partition`, rollingUpdate?.partition);
}

function retention(policy: any): Errors {
	return ['whenDeleted', 'whenScaled'].flatMap(when => {
		const value = policy[when];
		const field = `spec.persistentVolumeClaimRetentionPolicy.${when}`;
		return value === undefined || value === 'Retain' || value === 'Delete'
			? []
			: [{type: 'NotSupported', field, value, detail: '', supported: ['Delete', 'Retain']} as const];
	});
}
