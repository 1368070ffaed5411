# An ordinary pod, and the mirror deleted instead of the file.
# misses: web, old, scheduler
kubectl run web-k8s-node1 --image=myapp:v1
kubectl delete pod old-k8s-node2
sleep 10
