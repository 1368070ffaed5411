# Deleting pods brings back the same pods.
# misses: proxies, traffic
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
kubectl delete svc late
kubectl expose deployment late --port 80
