# Two steps back end at the first version.
# misses: version, back, strategy
kubectl set image deployment/shop myapp=myapp:v2
kubectl rollout status deployment shop
kubectl set image deployment/shop myapp=myapp:v9
kubectl rollout undo deployment shop --to-revision=1
