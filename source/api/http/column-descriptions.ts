/** What a table's columns mean, as the server tells whoever reads tables without knowing the kind. `Name` says the same everywhere. */
export const columnDescriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	deployments: {
		Ready: 'Number of the pod with ready state',
		'Up-to-date': 'Total number of non-terminating pods targeted by this deployment that have the desired template spec.',
		Available: 'Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by this deployment.',
		Age: 'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
		Containers: 'Names of each container in the template.',
		Images: 'Images referenced by each container in the template.',
		Selector: 'Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment.',
	},
	pods: {
		Ready: 'The aggregate readiness state of this pod for accepting traffic.',
		Status: 'The aggregate status of the containers in this pod.',
		Restarts: 'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
		Age: 'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
		IP: 'podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.',
		Node: 'NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire for the pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename',
		'Nominated Node':
			'nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the pod elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that is created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled.',
		'Readiness Gates':
			'If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions specified in the readiness gates have status equal to "True" More info: https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates',
	},
};
