# The fourth pod is missing.
# misses: scaled
kubectl expose deployment web --name web-headless --port 80 --cluster-ip None
