# The ordinary Service was replaced by a headless one of the same name.
# misses: headless, traffic, ordinary
kubectl delete svc web
kubectl expose deployment web --port 80 --cluster-ip None
kubectl scale deployment web --replicas 4
