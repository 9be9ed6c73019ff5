using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace ChaosHarness.Aws.Clients;

/// <summary>Where a service is in a region, or everywhere, unless it was said that it is elsewhere.</summary>
/// <param name="prefix">What its host is called first.</param>
/// <param name="isGlobal">Whether it has one endpoint for all regions.</param>
internal sealed class RegionalEndpoints(string prefix, bool isGlobal = false) : IEndpointProvider
{
    public const string Region = nameof(Region);
    public const string Elsewhere = "Endpoint";
    public const string DualStack = nameof(DualStack);
    public const string Fips = nameof(Fips);

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters[Elsewhere] is string { Length: > 0 } elsewhere)
        {
            return new Endpoint(elsewhere);
        }

        if (parameters[Region] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("No region: set one in the client's configuration, in AWS_REGION, or in the profile.");
        }

        var service = parameters[Fips] is true ? prefix + "-fips" : prefix;
        var partition = RegionEndpoint.GetBySystemName(region);
        var suffix = parameters[DualStack] is true
            ? partition.PartitionName == "aws-cn" ? "api.amazonwebservices.com.cn" : "api.aws"
            : partition.PartitionDnsSuffix;
        return new Endpoint(isGlobal ? $"https://{service}.{suffix}" : $"https://{service}.{region}.{suffix}");
    }
}
