# A name written into one pod helps that pod alone.
# misses: names, redundant
kubectl exec client -- sh -c "echo $(kubectl get svc web -o jsonpath='{.spec.clusterIP}') web >> /etc/hosts"
