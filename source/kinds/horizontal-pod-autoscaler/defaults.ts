/** Models pkg/apis/autoscaling/v2/defaults.go. */
const downRules = {selectPolicy: 'Max', policies: [{type: 'Percent', value: 100, periodSeconds: 15}]};
const upRules = {
	stabilizationWindowSeconds: 0,
	selectPolicy: 'Max',
	policies: [
		{type: 'Pods', value: 4, periodSeconds: 15},
		{type: 'Percent', value: 100, periodSeconds: 15},
	],
};

export function defaultAutoscaler(autoscaler: any): void {
	const spec = (autoscaler.spec ??= {});
	spec.minReplicas ??= 1;
	if (!spec.metrics?.length)
		spec.metrics = [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}];
	autoscaler.status = {desiredReplicas: 0, currentMetrics: null, ...autoscaler.status};
	if (!spec.behavior) return;
	spec.behavior.scaleUp = withDefaults(spec.behavior.scaleUp, upRules);
	spec.behavior.scaleDown = withDefaults(spec.behavior.scaleDown, downRules);
}

const withDefaults = (rules: any, defaults: any): any => ({
	...structuredRules(defaults),
	...rules,
	...(!rules?.policies && {policies: structuredRules(defaults).policies}),
});

const structuredRules = (rules: any): any => ({...rules, policies: rules.policies.map((policy: any) => ({...policy}))});
