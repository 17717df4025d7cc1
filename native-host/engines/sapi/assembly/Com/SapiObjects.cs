using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.Win32;

namespace Aside.Sapi.Com
{
    /// <summary>Makes SAPI's objects. The seam below which the scripted voice stands in for Windows.</summary>
    public interface ISapiObjects
    {
        ISpVoice CreateVoice();
        ISpStream CreateStream();
        ISpObjectTokenCategory CreateCategory();
        /// <summary>Names of the voices that are registered for 32-bit programs, by the last part of their token's id.</summary>
        IDictionary<string, string> VoicesFor32Bit();
    }

    /// <summary>Windows' own, through COM.</summary>
    public sealed class WindowsSapi : ISapiObjects
    {
        [ComImport, Guid("96749377-3391-11D2-9EE3-00C04F797396")] class SpVoice { }
        [ComImport, Guid("715D9C59-4442-11D2-9605-00C04F8EE628")] class SpStream { }
        [ComImport, Guid("A910187F-0C7A-45AC-92CC-59EDAFB77B53")] class SpObjectTokenCategory { }

        public ISpVoice CreateVoice() { return (ISpVoice)new SpVoice(); }
        public ISpStream CreateStream() { return (ISpStream)new SpStream(); }
        public ISpObjectTokenCategory CreateCategory() { return (ISpObjectTokenCategory)new SpObjectTokenCategory(); }

        /// <summary>A process sees the registry of its own bitness only, so COM does not list these.</summary>
        public IDictionary<string, string> VoicesFor32Bit()
        {
            var voices = new Dictionary<string, string>();
            using (RegistryKey machine = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry32))
            using (RegistryKey tokens = machine.OpenSubKey(@"SOFTWARE\Microsoft\Speech\Voices\Tokens"))
            {
                if (tokens == null) return voices;
                foreach (string name in tokens.GetSubKeyNames())
                {
                    using (RegistryKey token = tokens.OpenSubKey(name))
                    {
                        voices[name] = (token == null ? null : token.GetValue(null) as string) ?? name;
                    }
                }
            }
            return voices;
        }
    }

    public static class ComObject
    {
        /// <summary>Lets go of one of SAPI's objects now and not when the collector comes to it.</summary>
        public static void Release(object o)
        {
            if (o != null && Marshal.IsComObject(o)) Marshal.ReleaseComObject(o);
        }
    }
}
