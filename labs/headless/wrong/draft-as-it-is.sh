# The draft was applied unchanged: its selector finds no pod.
# misses: headless, traffic
kubectl create service clusterip web-headless --clusterip="None" --dry-run=client -o yaml > service.yml
kubectl apply -f service.yml
kubectl scale deployment web --replicas 4
