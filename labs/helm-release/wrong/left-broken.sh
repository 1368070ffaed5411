# The failed upgrade was left as it is.
# misses: back
helm install shop ./shop --set service.nodePort=${port},replicaCount=${replicas} --wait
helm upgrade shop ./shop --reuse-values --set image.tag=v9 --wait --timeout 30s
