# With kubectl's generators and overrides; node selectors instead of names of nodes.
kubectl run door --image myapp:v1 --overrides '{"spec":{"nodeSelector":{"kubernetes.io/hostname":"k8s-node1"},"containers":[{"name":"door","image":"myapp:v1","ports":[{"containerPort":80,"hostPort":8088}]}]}}'
kubectl create deployment twins --image myapp:v1 --replicas 0
kubectl patch deployment twins -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","ports":[{"containerPort":80,"hostPort":8090}]}]}}}}'
kubectl scale deployment twins --replicas 3
kubectl run net --image myapp:v1 --overrides '{"spec":{"nodeSelector":{"kubernetes.io/hostname":"k8s-node1"},"hostNetwork":true,"dnsPolicy":"ClusterFirstWithHostNet"}}'
