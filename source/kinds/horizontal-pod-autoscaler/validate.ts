import {isPathSegment} from '../../api/selector/label-syntax.js';
import {each, type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';
import {parseQuantity, signOf} from '../../api/values/quantity.js';

const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const fieldOf: Readonly<Record<string, string>> = {
	ContainerResource: 'containerResource',
	External: 'external',
	Object: 'object',
	Pods: 'pods',
	Resource: 'resource',
};
const windowMax = 3600;
const periodMax = 1800;

/** Models validateHorizontalPodAutoscalerSpec in pkg/apis/autoscaling/validation. */
export function validateAutoscaler({spec = {}}: any): Errors {
	const {minReplicas, maxReplicas = 0} = spec;
	const errors: Errors = [];
	if (minReplicas !== undefined && minReplicas < 1)
		errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'));
	if (maxReplicas < 1) errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0'));
	if (minReplicas !== undefined && maxReplicas < minReplicas)
		errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
	errors.push(...reference('spec.scaleTargetRef', spec.scaleTargetRef ?? {}));
	errors.push(...items('spec.metrics', spec.metrics, metric));
	if (minReplicas === 0 && !spec.metrics?.some(({type}: any) => type === 'Object' || type === 'External'))
		errors.push(forbidden('spec.metrics', 'must specify at least one Object or External metric to support scaling to zero replicas'));
	errors.push(...rules('spec.behavior.scaleUp', spec.behavior?.scaleUp), ...rules('spec.behavior.scaleDown', spec.behavior?.scaleDown));
	return errors;
}

const reference = (path: string, value: any): Errors =>
	['kind', 'name'].flatMap(field =>
		value[field] ? each(`${path}.${field}`, value[field], isPathSegment(value[field])) : [required(`${path}.${field}`)],
	);

/** Models validateMetricSpec: sources are looked at whatever the type says. */
function metric(value: any, path: string): Errors {
	const errors: Errors = value.type ? [] : [required(`${path}.type`, 'must specify a metric source type')];
	const field = fieldOf[value.type];
	const unknown = notSupported(`${path}.type`, value.type, metricTypes);
	if (!field) errors.push(unknown);
	const present = ['object', 'external', 'pods', 'resource', 'containerResource'].filter(name => value[name]);
	if (present[0]) errors.push(...source(`${path}.${present[0]}`, present[0], value[present[0]]));
	if (!field) errors.push(unknown);
	else if (!value[field]) errors.push(required(`${path}.${field}`, 'must populate information for the given metric source'));
	if (present.length === 1) return errors;
	const others = present.filter(name => name !== field);
	return [...errors, ...others.map(name => forbidden(`${path}.${name}`, 'must populate the given metric source only'))];
}

function source(path: string, field: string, value: any): Errors {
	const errors: Errors = field === 'object' ? reference(`${path}.describedObject`, value.describedObject ?? {}) : [];
	if (field === 'resource' || field === 'containerResource') {
		if (!value.name) errors.push(required(`${path}.name`, 'must specify a resource name'));
		if (field === 'containerResource' && !value.container) errors.push(required(`${path}.container`, 'must specify a container'));
	} else if (!value.metric?.name) errors.push(required(`${path}.metric.name`, 'must specify a metric name'));
	else errors.push(...each(`${path}.metric.name`, value.metric.name, isPathSegment(value.metric.name)));
	return [...errors, ...target(`${path}.target`, value.target ?? {}, field)];
}

const averageNeeded: Readonly<Record<string, string>> = {
	pods: 'must specify a positive target averageValue',
	object: 'must set either a target value or averageValue',
	external: 'must set either a target value for metric or a per-pod target',
};

function target(path: string, value: any, field: string): Errors {
	const errors: Errors = [];
	if (!value.type) errors.push(required(`${path}.type`, 'must specify a metric target type'));
	if (!['Utilization', 'Value', 'AverageValue'].includes(value.type))
		errors.push(invalid(`${path}.type`, value.type ?? '', 'must be either Utilization, Value, or AverageValue'));
	for (const name of ['value', 'averageValue'])
		if (value[name] !== undefined && signOf(parseQuantity(String(value[name]))) !== 1)
			errors.push(invalid(`${path}.${name}`, value[name], 'must be positive'));
	if (value.averageUtilization !== undefined && value.averageUtilization < 1)
		errors.push(invalid(`${path}.averageUtilization`, value.averageUtilization, 'must be greater than 0'));
	if (field.endsWith('esource') && value.averageUtilization === undefined && value.averageValue === undefined)
		errors.push(required(`${path}.averageUtilization`, 'must set either a target raw value or a target utilization'));
	const needed = averageNeeded[field];
	if (needed && value.averageValue === undefined && (field === 'pods' || value.value === undefined))
		errors.push(required(`${path}.averageValue`, needed));
	if (field === 'external' && value.averageValue !== undefined && value.value !== undefined)
		errors.push(forbidden(`${path}.value`, 'may not set both a target value for metric and a per-pod target'));
	return errors;
}

function rules(path: string, value: any): Errors {
	if (!value) return [];
	const errors: Errors = [];
	const window = value.stabilizationWindowSeconds;
	if (window < 0) errors.push(invalid(`${path}.stabilizationWindowSeconds`, window, 'must be greater than or equal to zero'));
	if (window > windowMax) errors.push(invalid(`${path}.stabilizationWindowSeconds`, window, `must be less than or equal to ${windowMax}`));
	const selects = ['Disabled', 'Max', 'Min'];
	if (value.selectPolicy !== undefined && !selects.includes(value.selectPolicy))
		errors.push(notSupported(`${path}.selectPolicy`, value.selectPolicy, selects));
	if (!value.policies?.length) return [...errors, required(`${path}.policies`, 'must specify at least one Policy')];
	return [...errors, ...items(`${path}.policies`, value.policies, policy)];
}

function policy({type, value = 0, periodSeconds = 0}: any, path: string): Errors {
	const types = ['Percent', 'Pods'];
	const errors: Errors = types.includes(type) ? [] : [notSupported(`${path}.type`, type, types)];
	if (value <= 0) errors.push(invalid(`${path}.value`, value, 'must be greater than zero'));
	if (periodSeconds <= 0) errors.push(invalid(`${path}.periodSeconds`, periodSeconds, 'must be greater than zero'));
	if (periodSeconds > periodMax) errors.push(invalid(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${periodMax}`));
	return errors;
}
