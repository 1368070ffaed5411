# Uninstalled and installed again: the history is gone.
# misses: failed, back
helm install shop ./shop --set service.nodePort=${port} --wait
helm upgrade shop ./shop --reuse-values --set image.tag=v9 --wait --timeout 30s
helm uninstall shop
helm install shop ./shop --set service.nodePort=${port},replicaCount=${replicas} --wait
