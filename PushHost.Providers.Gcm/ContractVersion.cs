using PushHost.Providers;

[assembly: ProviderContract(ProviderContractAttribute.Current)]
