# Scaled and mended behind helm's back: the release knows nothing of it.
# misses: values, back
helm install shop ./shop --set service.nodePort=${port} --wait
helm upgrade shop ./shop --reuse-values --set image.tag=v9 --wait --timeout 30s
kubectl scale deployment shop --replicas ${replicas}
kubectl set image deployment/shop web=myapp:v1
