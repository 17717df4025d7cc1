using System.Threading.Tasks;

namespace Aside.Sapi
{
    public sealed class Entry
    {
        public Task<object> Open(object options)
        {
            return Task.FromResult<object>("not there yet");
        }
    }
}
