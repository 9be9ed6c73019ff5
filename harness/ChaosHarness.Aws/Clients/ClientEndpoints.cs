using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace ChaosHarness.Aws.Clients;

/// <summary>Looks the endpoint of each request up.</summary>
internal sealed class ClientEndpoints : BaseEndpointResolver
{
    public static EndpointParameters Parameters(IClientConfig config, string? alternateRegion)
    {
        var elsewhere = config.ServiceURL;
        var region = alternateRegion ?? config.RegionEndpoint?.SystemName;
        if (region is null && !string.IsNullOrEmpty(elsewhere))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(elsewhere) : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            [RegionalEndpoints.Region] = region!,
            [RegionalEndpoints.Elsewhere] = elsewhere!,
            [RegionalEndpoints.DualStack] = config.UseDualstackEndpoint,
            [RegionalEndpoints.Fips] = config.UseFIPSEndpoint,
        };
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint?.SystemName);
}
