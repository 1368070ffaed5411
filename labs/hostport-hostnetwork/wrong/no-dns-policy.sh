# Without the right dnsPolicy the pod asks the node's DNS server.
# misses: hostnet, crowd, hostport
kubectl run net --image myapp:v1 --overrides '{"spec":{"nodeName":"k8s-node1","hostNetwork":true}}'
