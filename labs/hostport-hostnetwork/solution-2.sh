# With kubectl's generators and overrides; a node selector instead of a node's name.
kubectl run door --image myapp:v1 --overrides '{"spec":{"nodeSelector":{"kubernetes.io/hostname":"k8s-node1"},"containers":[{"name":"door","image":"myapp:v1","ports":[{"containerPort":80,"hostPort":8088}]}]}}'
kubectl create deployment twins --image myapp:v1 --replicas 3
kubectl patch deployment twins -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","ports":[{"containerPort":80,"hostPort":8090}]}]}}}}'
kubectl run net --image myapp:v1 --overrides '{"spec":{"nodeSelector":{"kubernetes.io/hostname":"k8s-node2"},"hostNetwork":true,"dnsPolicy":"ClusterFirstWithHostNet"}}'
kubectl scale deployment twins --replicas 0
sleep 40
kubectl scale deployment twins --replicas 3
