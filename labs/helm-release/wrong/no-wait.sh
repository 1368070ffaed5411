# Without --wait the broken upgrade counts as a success.
# misses: failed
helm install shop ./shop --set service.nodePort=${port},replicaCount=${replicas}
helm upgrade shop ./shop --reuse-values --set image.tag=v9
helm rollback shop 1 --wait
