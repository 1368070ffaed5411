# An ordinary Service: reachable, but DNS gives one address.
# misses: headless
kubectl expose deployment web --name web-headless --port 80
kubectl scale deployment web --replicas 4
