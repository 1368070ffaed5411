# As the text does it: values on the command line.
helm install shop ./shop --set service.nodePort=${port}
helm upgrade shop ./shop --reuse-values --set replicaCount=${replicas} --wait
helm upgrade shop ./shop --reuse-values --set image.tag=v9 --wait --timeout 30s
helm rollback shop 2 --wait
