# Imperative.
kubectl expose deployment web --name web-headless --port 80 --cluster-ip None
kubectl scale deployment web --replicas 4
