# Fewer pods than asked for.
# misses: ready, traffic, probe
kubectl get deployment web -o yaml | sed 's/index1.html/index.html/' | kubectl apply -f -
kubectl scale deployment web --replicas 2
