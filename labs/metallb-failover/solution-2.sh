# The hardware address tells the node.
kubectl get svc web -o yaml | sed 's/externalTrafficPolicy: Cluster/externalTrafficPolicy: Local/' | kubectl apply -f -
ssh reg curl -s 172.25.254.50
mac=$(ssh reg ip neigh | awk '/172.25.254.50/ {print $5}')
for node in k8s-node1 k8s-node2; do ssh $node ip link show eth0 | grep -q $mac && echo $node > node.txt; done
ssh $(cat node.txt) shutdown now
sleep 90
