# The door opened by hostNetwork: every port of the pod is a port of the node, and 8088 is none of them.
# misses: hostport, crowd, hostnet
kubectl run door --image myapp:v1 --overrides '{"spec":{"nodeName":"k8s-node1","hostNetwork":true}}'
kubectl create deployment twins --image myapp:v1 --replicas 2
